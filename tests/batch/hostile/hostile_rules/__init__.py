"""A rule pack that ends, hangs and exhausts its process when a page asks for it. It is as good as installed where its folder stands on sys.path."""

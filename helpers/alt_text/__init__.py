"""Any figure in words: the alt text that stands beneath each picture, computed from the finished axes."""

"""Any figure in English: the description beneath each picture and its alt text, computed from the finished axes."""

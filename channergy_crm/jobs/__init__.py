"""What runs by itself: which jobs there are, when each is due, and the small runner that does what is due."""

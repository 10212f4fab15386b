"""What can be wished for, one file an ability: when it is meant, and the calls it comes to."""

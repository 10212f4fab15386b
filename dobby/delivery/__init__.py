"""What goes out to people: kept, cut to size, sent once, by the best way to each."""

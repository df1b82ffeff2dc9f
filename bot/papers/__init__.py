"""Papers: what people take away to read and write on. One description, several kinds of file."""

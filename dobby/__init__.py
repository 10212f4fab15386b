"""The agent: text in, verified effect and one honest reply out."""

"""The whole of Dobby as its people meet it: processes, real sockets, and witnesses beside them."""

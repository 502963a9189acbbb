/** Memory of the server, in KiB: all of the process's resident set, and what is alive in its heap. */
record Memory(long rssKib, long heapKib) {}

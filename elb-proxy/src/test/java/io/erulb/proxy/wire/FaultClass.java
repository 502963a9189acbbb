package io.erulb.proxy.wire;

/** What a case is about: the kind of fault it is there to find. */
public enum FaultClass {
    /** The request line's grammar, methods and versions. */
    REQUEST_LINE,
    /** The four forms of a target. */
    TARGET,
    /** Names, values and line ends of header fields. */
    FIELD,
    /** The one Host there has to be. */
    HOST,
    /** Content-Length and Transfer-Encoding of requests. */
    FRAMING,
    /** Chunks of requests. */
    CHUNK,
    /** Uploads that break off. */
    CUT_UPLOAD,
    /** Fields that end at a hop. */
    HOP,
    /** What is told of a request's origin and of the proxy. */
    ORIGIN,
    /** Heads of answers. */
    ANSWER_HEAD,
    /** Lengths, chunks and ends of answers. */
    ANSWER_BODY,
    /** Answers that have no body. */
    BODILESS,
    /** Whether a server's connection serves again. */
    REUSE,
    /** Answers before the answer. */
    INTERIM,
    /** Protocols that are switched to. */
    UPGRADE,
    /** Requests one behind the other, and clients that end their direction. */
    CONVERSATION
}

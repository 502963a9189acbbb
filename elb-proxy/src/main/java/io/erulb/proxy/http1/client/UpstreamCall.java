package io.erulb.proxy.http1.client;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One request on its way to one server: what its connection tells it. All calls come on the I/O thread of the request;
 * after {@link #end}, {@link #broken} or {@link #unreachable} none follows until the call is begun again.
 */
public interface UpstreamCall extends ConnectCall {
    /** Whether the request is HEAD, so that its answer has no body whatever it says. */
    boolean isHead();

    /** An interim answer (1xx but 101); the head is valid during the call only. */
    void interim(ResponseHead head);

    /** The final answer's head. The call may {@link UpstreamConnection#close() close} the connection to have no more. */
    void head(ResponseHead head);

    /**
     * A part of the body; valid during the call only, so what cannot be passed on is to be kept. An empty part says that
     * nothing more is there at present, so that what there is should go out.
     *
     * @param last whether the body ends here; the connection is already given back then
     * @return whether more is welcome; if not, {@link UpstreamConnection#resumeReads()} asks for it
     */
    boolean body(ByteBuffer data, boolean last);

    /** The answer ends, without a last part of body. The connection is already given back. */
    void end();

    /** The server switched protocols; bytes already read behind the head are handed over with the connection. */
    void switched(ResponseHead head, ByteBuffer readAhead);

    /** All that was written has gone out, after {@link UpstreamConnection#write} had to keep some. */
    void drained();

    /** The connection broke, timed out ({@link java.net.SocketTimeoutException}) or spoke no HTTP; it is closed. */
    void broken(IOException cause);
}

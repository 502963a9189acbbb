package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.NameCache;
import io.erulb.proxy.http1.TimerWheel;
import java.nio.ByteBuffer;
import org.xnio.XnioIoThread;

/** What one I/O thread owns for all of its connections: buffers, parser, names, timers. Confined to that thread. */
final class IoState {
    final TimerWheel timers;
    final RequestHead head;
    final HeadParser parser;
    final NameCache names = new NameCache();
    final ResponseFrames frames = new ResponseFrames(ByteBuffer::allocateDirect);

    /** What a read puts its bytes in first; empty again before the next connection's turn. */
    final ByteBuffer readBuffer;

    IoState(XnioIoThread thread, Http1Limits limits, int bufferSize) {
        timers = new TimerWheel(thread);
        head = new RequestHead(limits.head().bytes(), limits.head().fields());
        parser = new HeadParser(limits, head);
        readBuffer = ByteBuffer.allocateDirect(bufferSize);
    }
}

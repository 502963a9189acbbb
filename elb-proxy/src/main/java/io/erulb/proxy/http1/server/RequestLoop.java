package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.Bytes;
import io.erulb.proxy.http1.TimerWheel;
import io.undertow.conduits.ReadDataStreamSourceConduit;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.HttpUpgradeListener;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.ReadReadyHandler;
import org.xnio.conduits.StreamSourceConduit;

/**
 * What a connection does from one request to the next: waits, reads a head, lets the handler answer, gets rid of what is
 * left of the body, waits again. It hears of every readable event first, whoever reads at present, so the socket's reads
 * can stay on all the time: they are turned off only when bytes come that have to wait.
 *
 * <p>Confined to the I/O thread, but for {@link #abandonBody}, {@link #limitBody} and {@link #settlePersistence}, which
 * belong to whoever runs the exchange.
 */
final class RequestLoop implements ReadReadyHandler {
    private static final int REPARSE_STEP = 1024;

    private enum Phase {
        /** Waits for a request's first byte. */
        IDLE,
        /** Has a part of a head. */
        HEAD,
        /** The handler has the request. */
        REQUEST,
        /** The answer is out; the rest of the body is thrown away. */
        DRAIN,
        /** No more is said; what still comes is thrown away, so that the client gets to read the answer. */
        LINGER,
        /** Closed, or no longer HTTP. */
        DONE
    }

    private final Http1Connection connection;
    private final IoState io;
    private final Http1Limits limits;
    private final ReadBuffer input;
    private final StreamSourceConduit socket;
    private final TimerWheel.Entry timeout;
    private final Runnable goOn = this::goOn;
    private Phase phase = Phase.IDLE;
    private volatile @Nullable BodySource body;
    private @Nullable Farewell farewell;
    private long unwanted;

    RequestLoop(Http1Connection connection, IoState io, Http1Limits limits) {
        this.connection = connection;
        this.io = io;
        this.limits = limits;
        this.input = new ReadBuffer(connection);
        this.socket = connection.getOriginalSourceConduit();
        this.timeout = new TimerWheel.Entry(io.timers) {
            @Override
            protected void expired() {
                timedOut();
            }
        };
        socket.setReadReadyHandler(this);
    }

    /** The connection is new. Its first request is often there already. */
    void start() {
        timeout.expireIn(limits.waits().keepAlive().toNanos());
        readHead();
        if (phase != Phase.DONE) {
            socket.resumeReads();
        }
    }

    @Override
    public void readReady() {
        switch (phase) {
            case IDLE -> awaken();
            case HEAD -> readHead();
            case REQUEST -> readDuringRequest();
            case DRAIN -> drain();
            case LINGER -> linger();
            case DONE -> socket.suspendReads();
        }
    }

    @Override
    public void terminated() {
        ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
        ChannelListeners.invokeChannelListener(source, source.getCloseListener());
    }

    @Override
    public void forceTermination() {
        IoUtils.safeClose(connection);
    }

    /** What was sent ahead comes first: it may be all there is before the client's end. */
    private void awaken() {
        if (input.isEmpty()) {
            readHead();
        } else {
            parse(input.bytes());
        }
    }

    private void readHead() {
        int n;
        boolean fresh = input.isEmpty();
        try {
            n = fresh
                    ? socket.read(io.readBuffer.clear())
                    : input.fill(limits.head().bytes());
        } catch (IOException e) {
            IoUtils.safeClose(connection);
            return;
        }
        if (n < 0) {
            endedBeforeHead();
        } else if (n > 0 && fresh) {
            parse(io.readBuffer.flip());
        } else if (n > 0 && isWorthParsing(input.bytes(), n)) {
            parse(input.bytes());
        }
    }

    private void endedBeforeHead() {
        if (input.isEmpty()) {
            IoUtils.safeClose(connection);
        } else {
            refuse(Refusal.badRequest("The request ended in the middle of its head."));
        }
    }

    /** A head that comes in tiny pieces is looked at once a line and once a KiB, not once a piece. */
    private static boolean isWorthParsing(ByteBuffer bytes, int fresh) {
        int total = bytes.remaining();
        if (total / REPARSE_STEP != (total - fresh) / REPARSE_STEP) {
            return true;
        }
        int from = bytes.limit() - fresh;
        boolean behindCr = fresh < total && bytes.get(from - 1) == '\r';
        for (int i = from; i < bytes.limit(); i++) {
            byte b = bytes.get(i);
            boolean cr = b == '\r';
            if (behindCr || (!cr && !Bytes.isValue(b))) {
                return true;
            }
            behindCr = cr;
        }
        return false;
    }

    private void parse(ByteBuffer bytes) {
        RequestHead head = io.head;
        int available = Math.min(bytes.remaining(), head.bytes.length);
        bytes.get(bytes.position(), head.bytes, 0, available);
        int end = io.parser.parse(available);
        if (end == HeadParser.INCOMPLETE) {
            awaitRestOfHead(bytes);
            return;
        }
        Refusal refusal = head.refusal();
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        bytes.position(bytes.position() + end);
        keepRest(bytes);
        begin(head);
    }

    private void keepRest(ByteBuffer bytes) {
        if (input.isEmpty()) {
            input.keep(bytes);
        } else {
            input.releaseIfEmpty();
        }
    }

    private void awaitRestOfHead(ByteBuffer bytes) {
        keepRest(bytes);
        if (socket.isReadShutdown()) {
            endedBeforeHead();
            return;
        }
        if (phase == Phase.IDLE) {
            phase = Phase.HEAD;
            timeout.expireIn(limits.waits().head().toNanos());
        }
        socket.resumeReads();
    }

    private void begin(RequestHead head) {
        HttpServerExchange exchange;
        try {
            exchange = Exchanges.make(connection, head, io.names, limits.maxBody());
        } catch (SecurityException e) {
            // Undertow's way to say that names were chosen to collide in its map.
            refuse(Refusal.badRequest("The names of the fields collide."));
            return;
        }
        phase = Phase.REQUEST;
        timeout.disarm();
        connection.begin(exchange, head);
        takeBody(exchange, head.framing);
        Connectors.executeRootHandler(connection.getRootHandler(), exchange);
    }

    private void takeBody(HttpServerExchange exchange, Framing framing) {
        if (framing.isChunked()) {
            body = new ChunkedSource(socket, input, exchange);
        } else if (framing.length() > 0) {
            body = new FixedSource(socket, input, exchange, framing.length());
        } else {
            Connectors.terminateRequest(exchange);
            return;
        }
        connection.getChannel().getSourceChannel().setConduit(body);
    }

    private void readDuringRequest() {
        BodySource running = body;
        if (running != null && !running.isFinished()) {
            ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
            ChannelListener<? super ConduitStreamSourceChannel> listener = source.getReadListener();
            if (listener != null && running.isReadResumed()) {
                ChannelListeners.invokeChannelListener(source, listener);
            } else {
                socket.suspendReads();
            }
        } else {
            readAhead();
        }
    }

    /** A request sent ahead, of which one buffer is kept, or the client's end. */
    private void readAhead() {
        try {
            if (!input.isEmpty() || input.fill(0) > 0) {
                socket.suspendReads();
            }
        } catch (IOException reset) {
            IoUtils.safeClose(connection);
        }
    }

    /** The exchange is over, its answer sent or given up. */
    void completed(HttpServerExchange exchange, @Nullable HttpUpgradeListener upgrade) {
        BodySource rest = body;
        boolean unread = rest != null && !rest.isFinished();
        if (!connection.isOpen() || phase != Phase.REQUEST) {
            input.clear();
        } else if (exchange.isUpgrade() && upgrade != null && !unread) {
            upgrade(exchange, upgrade);
        } else if (!exchange.isPersistent() || exchange.isUpgrade()) {
            end(unread);
        } else if (unread) {
            phase = Phase.DRAIN;
            unwanted = limits.linger().bytes();
            timeout.expireIn(limits.linger().time().toNanos());
            drain();
        } else {
            next();
        }
    }

    private void next() {
        body = null;
        phase = Phase.IDLE;
        timeout.expireIn(limits.waits().keepAlive().toNanos());
        if (!input.isEmpty()) {
            connection.getIoThread().execute(goOn);
        } else if (socket.isReadShutdown()) {
            IoUtils.safeClose(connection);
        } else {
            socket.resumeReads();
        }
    }

    /** Goes on with a request that was sent ahead, off the call stack of the one before. */
    private void goOn() {
        if (phase == Phase.IDLE && !input.isEmpty()) {
            parse(input.bytes());
        }
    }

    private void drain() {
        BodySource rest = body;
        if (rest == null) {
            next();
            return;
        }
        try {
            unwanted = UnreadBody.skip(rest, io.readBuffer, unwanted);
            if (unwanted < 0) {
                end(true);
            } else if (rest.isFinished()) {
                next();
            } else {
                socket.resumeReads();
            }
        } catch (IOException e) {
            end(true);
        }
    }

    /** Closes: at once when the client has said all it wanted, else gently. */
    private void end(boolean unread) {
        if (unread || !input.isEmpty()) {
            beginFarewell().endWrites();
        } else {
            IoUtils.safeClose(connection);
        }
    }

    /** Answers in the handler's place, and closes. */
    void refuse(Refusal refusal) {
        beginFarewell().say(refusal);
    }

    private Farewell beginFarewell() {
        Farewell begun = new Farewell(connection, io, limits.linger().bytes());
        farewell = begun;
        body = null;
        phase = Phase.LINGER;
        timeout.expireIn(limits.linger().time().toNanos());
        input.clear();
        socket.resumeReads();
        return begun;
    }

    private void linger() {
        if (farewell != null) {
            farewell.readReady();
        }
    }

    private void upgrade(HttpServerExchange exchange, HttpUpgradeListener upgrade) {
        phase = Phase.DONE;
        timeout.remove();
        socket.suspendReads();
        ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
        socket.setReadReadyHandler(new ReadReadyHandler.ChannelListenerHandler<>(source));
        source.setReadListener(null);
        if (!input.isEmpty()) {
            source.setConduit(new ReadDataStreamSourceConduit(socket, connection));
        }
        upgrade.handleUpgrade(connection.getChannel(), exchange);
    }

    /** The client does not take the answer at present. */
    void answerWaits() {
        if (phase == Phase.REQUEST && Thread.currentThread() == connection.getIoThread()) {
            timeout.expireIn(limits.waits().sendIdle().toNanos());
        }
    }

    /** The client took what waited. */
    void answerMoves() {
        if (phase == Phase.REQUEST && Thread.currentThread() == connection.getIoThread()) {
            timeout.disarm();
        }
    }

    private void timedOut() {
        if (phase == Phase.HEAD) {
            refuse(new Refusal(
                    408,
                    "The request's head did not come within "
                            + limits.waits().head().toMillis() + " ms."));
        } else {
            IoUtils.safeClose(connection);
        }
    }

    /** The socket is closed. */
    void closed() {
        phase = Phase.DONE;
        timeout.remove();
    }

    /**
     * The exchange ends without its body's end. What is there is read; if that is not the rest, the answer goes out all
     * the same, and the connection is kept only if the rest is small and the client surely sends it.
     */
    void abandonBody(HttpServerExchange exchange) {
        BodySource rest = body;
        if (rest == null) {
            return;
        }
        long bound = limits.linger().bytes();
        if (UnreadBody.isHopeless(rest, exchange, bound) || !UnreadBody.skip(rest, exchange, bound)) {
            exchange.setPersistent(false);
        }
        Connectors.terminateRequest(exchange);
    }

    void limitBody(long bytes) {
        BodySource running = body;
        if (running != null) {
            running.limit(bytes);
        }
    }

    /** Just before the answer begins: whether the connection outlives it, so that the client can be told. */
    void settlePersistence(HttpServerExchange exchange) {
        BodySource rest = body;
        if (rest != null
                && !rest.isFinished()
                && UnreadBody.isHopeless(rest, exchange, limits.linger().bytes())) {
            exchange.setPersistent(false);
        }
        HeaderValues options = exchange.getResponseHeaders().get(Headers.CONNECTION);
        if (options != null) {
            for (int i = 0; i < options.size(); i++) {
                if (options.get(i).toLowerCase(Locale.ROOT).contains("close")) {
                    exchange.setPersistent(false);
                }
            }
        }
    }
}

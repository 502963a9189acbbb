package io.erulb.proxy.fuzz;

import io.erulb.proxy.wire.CutException;
import io.erulb.proxy.wire.MalformedException;
import io.erulb.proxy.wire.StrictRequestParser;
import io.erulb.proxy.wire.WireRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection of a server: reads requests strictly, has them judged, answers as their cases say. */
final class ServerSide {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final StrictRequestParser parser;
    private final Cases cases;

    /** The case of the present request, or of the last one. */
    private Case running;

    private int number;
    private boolean answered;
    private boolean spent;

    ServerSide(Socket socket, Cases cases) throws IOException {
        this.socket = socket;
        this.cases = cases;
        this.parser = new StrictRequestParser(socket.getInputStream());
    }

    /** Serves until the proxy or an answer closes. */
    void run() throws IOException {
        try {
            WireRequest head = next();
            while (head != null && begun(head) && whole(parser.body(head))) {
                head = next();
            }
        } catch (MalformedException e) {
            found("malformed bytes reached a server: " + e.getMessage());
        } catch (CutException e) {
            // A request that broke off, as it should when its client's did.
        }
    }

    private WireRequest next() throws IOException {
        if (socket.isOutputShutdown()) {
            return null;
        }
        answered = false;
        return parser.head();
    }

    private void found(String what) {
        cases.found(running, what + " in " + Escaped.text(parser.raw().getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** A head came; returns whether to go on. */
    private boolean begun(WireRequest head) throws IOException {
        Case before = running;
        running = cases.of(head);
        if (spent) {
            running = before;
            found("a request came on a connection whose last answer was bad");
            return false;
        }
        if (running == null) {
            found("a request of nobody reached a server");
            return false;
        }
        number = running.ledger.begun(head);
        if (number < 0) {
            found("a request that its client did not send reached a server");
            return false;
        }
        if (running.answersEarly(number)) {
            answered = true;
            say(head);
        } else if (head.fields().lists("Expect", "100-continue") && running.continues(number)) {
            socket.getOutputStream().write(CONTINUE);
        }
        return true;
    }

    /** The body came, too; returns whether to go on. */
    private boolean whole(WireRequest request) throws IOException {
        if (!running.ledger.isWhole(number, request)) {
            found("a request that its client did not send whole reached a server");
            return false;
        }
        if (!answered) {
            say(request);
        }
        return true;
    }

    private void say(WireRequest request) throws IOException {
        boolean toHead = request.method().equals("HEAD");
        Answer answer = running.answer(number, running.ledger.attempt(number), toHead);
        spent = !answer.leavesConnectionGood();
        answer.segments().writeTo(socket.getOutputStream());
        switch (answer.ending()) {
            case KEEP -> {}
            case CLOSE -> socket.close();
            case HALF_CLOSE -> {
                socket.shutdownOutput();
                awaitEnd();
            }
            case RESET -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        }
    }

    private void awaitEnd() throws IOException {
        if (!parser.isAtEnd() && spent) {
            found("bytes came on a connection whose last answer was bad, behind");
        }
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
}

package io.erulb.proxy.fuzz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One connection of a client, which runs one case after the other while the proxy keeps it. Confined to one thread. */
final class ClientSide implements AutoCloseable {
    /** Nothing that is asked for here waits for a time-out, so this long means never. */
    private static final int PATIENCE_MILLIS = 20_000;

    private final Cases cases;
    private final InetAddress address;
    private final Socket socket = new Socket();
    private final List<Long> before = new ArrayList<>();
    private byte[] bytes = new byte[4096];
    private int length;

    ClientSide(Cases cases, int port) throws IOException {
        this.cases = cases;
        this.address = cases.freshAddress();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Runs a case; returns whether the connection serves another. */
    boolean run(Case current) {
        length = 0;
        cases.begin(address, current);
        send(current);
        if (current.after == Case.After.RESET) {
            reset();
            return false;
        }
        Heard heard = hear(current);
        String wrong = new Verdict(current, heard).wrong();
        if (wrong != null) {
            cases.found(
                    current,
                    wrong + "\n  on a connection that served the cases " + before + " before; heard"
                            + (heard.ended() ? ", then the end" : "") + ": "
                            + Escaped.text(Arrays.copyOf(bytes, length)));
            return false;
        }
        cases.count(heard.answers());
        before.add(current.number);
        return current.after == Case.After.KEEP && !heard.ended() && heard.isPersistent();
    }

    private void send(Case current) {
        try {
            current.sent.writeTo(socket.getOutputStream());
            if (current.after == Case.After.HALF_CLOSE) {
                socket.shutdownOutput();
            }
        } catch (IOException refused) {
            // The proxy takes no more; it may have said why.
        }
    }

    private void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException gone) {
            // So it was reset by the other side.
        }
    }

    private Heard hear(Case current) {
        Heard heard = new Heard(current.read, bytes, 0, Heard.End.NONE);
        try {
            while (!heard.isEnough(current.after == Case.After.KEEP)) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, length * 4);
                }
                int n = socket.getInputStream().read(bytes, length, bytes.length - length);
                length += Math.max(n, 0);
                heard = new Heard(current.read, bytes, length, n < 0 ? Heard.End.CLOSED : Heard.End.NONE);
            }
            return heard;
        } catch (SocketTimeoutException silence) {
            return new Heard(current.read, bytes, length, Heard.End.SILENCE);
        } catch (IOException broken) {
            return new Heard(current.read, bytes, length, Heard.End.RESET);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.erulb.proxy.fuzz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server behind the proxy, a thread a connection. */
final class FuzzServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(FuzzServer::thread);
    private final Cases cases;

    FuzzServer(Cases cases) throws IOException {
        this.cases = cases;
        threads.execute(this::accept);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "fuzz-server");
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new ServerSide(socket, cases).run();
        } catch (IOException gone) {
            // The proxy closed, as it may at any time.
        } catch (RuntimeException e) {
            cases.found(null, "a fault of the server: " + Traces.text(e));
        } finally {
            connections.decrementAndGet();
        }
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Open connections. */
    int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdown();
    }
}

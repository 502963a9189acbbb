package io.erulb.server;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A StatsD server as far as tests need one: keeps every datagram that comes to a port of the loopback interface. */
final class UdpReceiver implements AutoCloseable {
    private static final long WAIT_NANOS = 10_000_000_000L;

    private final DatagramSocket socket;
    private final List<String> datagrams = new ArrayList<>();
    private int lineCount;

    private UdpReceiver(DatagramSocket socket) {
        this.socket = socket;
        Thread thread = new Thread(this::receive, "udp-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    static UdpReceiver open() throws IOException {
        return new UdpReceiver(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    HostPort address() {
        return new HostPort("127.0.0.1", socket.getLocalPort());
    }

    /** All datagrams, once there are so many, or after ten seconds. */
    synchronized List<String> received(int atLeast) throws InterruptedException {
        long end = System.nanoTime() + WAIT_NANOS;
        while (datagrams.size() < atLeast && System.nanoTime() < end) {
            wait(100);
        }
        return List.copyOf(datagrams);
    }

    /** All lines, once there are so many, or after ten seconds. */
    synchronized List<String> lines(int atLeast) throws InterruptedException {
        awaitLines(atLeast);
        return datagrams.stream().flatMap(String::lines).toList();
    }

    /** Waits for so many lines, or ten seconds. */
    synchronized void awaitLines(int atLeast) throws InterruptedException {
        long end = System.nanoTime() + WAIT_NANOS;
        while (lineCount < atLeast && System.nanoTime() < end) {
            wait(100);
        }
    }

    synchronized int largest() {
        return datagrams.stream().mapToInt(String::length).max().orElse(0);
    }

    void sendToSelf(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(bytes, bytes.length, socket.getLocalSocketAddress()));
    }

    @Override
    public void close() {
        socket.close();
    }

    private void receive() {
        byte[] bytes = new byte[65_536];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                keep(new String(bytes, 0, packet.getLength(), StandardCharsets.US_ASCII));
            }
        } catch (IOException closed) {
            // The socket was closed: the test is over.
        }
    }

    private synchronized void keep(String datagram) {
        datagrams.add(datagram);
        lineCount += (int) datagram.lines().count();
        notifyAll();
    }
}

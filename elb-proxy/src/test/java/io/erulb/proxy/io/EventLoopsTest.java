package io.erulb.proxy.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.ChannelListener;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

@Timeout(30)
class EventLoopsTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** Longer than a busy machine takes for them. */
    private static final Duration LAST_BYTES = Duration.ofSeconds(20);

    private XnioWorker tasks;
    private EventLoops loops;
    private final BlockingQueue<StreamConnection> accepted = new LinkedBlockingQueue<>();
    private final List<Socket> clients = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        tasks = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 0, Options.WORKER_TASK_MAX_THREADS, 1));
        loops = EventLoops.start("test", 2, tasks, LAST_BYTES);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        loops.close();
        tasks.shutdownNow();
    }

    private ListeningPort listen(ChannelListener<StreamConnection> listener) throws IOException {
        return loops.listen(ANY_PORT, 100, listener);
    }

    private Socket connect(ListeningPort port) throws IOException {
        Socket client = new Socket(port.address().getAddress(), port.address().getPort());
        clients.add(client);
        return client;
    }

    /** Sends back each byte as it comes, on the thread of the connection alone. */
    private static void echo(StreamConnection connection) {
        connection.getSourceChannel().setReadListener(source -> {
            assertThat(Thread.currentThread()).isSameAs(connection.getIoThread());
            copy(source, connection.getSinkChannel());
        });
        connection.getSourceChannel().resumeReads();
    }

    private static void copy(StreamSourceChannel source, StreamSinkChannel sink) {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            if (source.read(bytes) > 0) {
                sink.write(bytes.flip());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int roundTrip(Socket client, int sent) throws IOException {
        client.getOutputStream().write(sent);
        return client.getInputStream().read();
    }

    @Test
    void aConnectionIsServedByOneThreadAndEveryThreadHasSome() throws Exception {
        Set<Thread> threads = new HashSet<>();
        ListeningPort port = listen(connection -> {
            accepted.add(connection);
            echo(connection);
        });
        while (threads.size() < 2) {
            Socket client = connect(port);
            assertThat(roundTrip(client, 'a')).isEqualTo('a');
            assertThat(roundTrip(client, 'b')).isEqualTo('b');
            threads.add(accepted.take().getIoThread());
        }
        assertThat(threads).extracting(Thread::getName).containsExactlyInAnyOrder("test I/O-1", "test I/O-2");
    }

    @Test
    void aPortThatAnotherSocketListensOnIsRefused() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress taken = (InetSocketAddress) other.getLocalSocketAddress();
            assertThatThrownBy(() -> loops.listen(taken, 1, accepted::add)).isInstanceOf(BindException.class);
        }
    }

    @Test
    void aPortOfOtherLoopsIsRefusedThoughTheyShareItAmongThemselves() throws Exception {
        ListeningPort port = listen(EventLoopsTest::echo);
        assertThatThrownBy(() -> loops.listen(port.address(), 1, accepted::add)).isInstanceOf(BindException.class);
        assertThat(roundTrip(connect(port), 'a')).isEqualTo('a');
    }

    @Test
    void connectionsMadeBeforeAPortIsClosedAreServed() throws Exception {
        ListeningPort port = listen(EventLoopsTest::echo);
        CountDownLatch busy = new CountDownLatch(1);
        for (XnioIoThread loop : threads(port)) {
            loop.execute(() -> awaitQuietly(busy));
        }
        List<Socket> early = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            early.add(connect(port));
        }
        Thread closing = new Thread(port::close);
        closing.start();
        busy.countDown();
        closing.join();
        for (Socket client : early) {
            assertThat(roundTrip(client, 'a')).isEqualTo('a');
        }
        assertThatThrownBy(() -> connect(port)).isInstanceOf(IOException.class);
    }

    private Set<XnioIoThread> threads(ListeningPort port) throws Exception {
        Set<XnioIoThread> threads = new HashSet<>();
        ListeningPort other = listen(accepted::add);
        while (threads.size() < 2) {
            connect(other);
            threads.add(accepted.take().getIoThread());
        }
        assertThat(port.address()).isNotEqualTo(other.address());
        other.close();
        return threads;
    }

    private XnioIoThread oneThread() throws Exception {
        ListeningPort port = listen(accepted::add);
        connect(port);
        return accepted.take().getIoThread();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFaultInOneConnectionOrTaskHarmsNoOther() throws Exception {
        ListeningPort port = listen(connection -> {
            connection.getSourceChannel().setReadListener(source -> {
                throw new IllegalStateException("planted");
            });
            connection.getSourceChannel().resumeReads();
            accepted.add(connection);
        });
        ListeningPort sound = listen(EventLoopsTest::echo);
        connect(port).getOutputStream().write('a');
        StreamConnection failing = accepted.take();
        failing.getIoThread().execute(() -> {
            throw new IllegalStateException("planted");
        });
        assertThat(roundTrip(connect(sound), 'a')).isEqualTo('a');
        assertThat(roundTrip(connect(sound), 'b')).isEqualTo('b');
    }

    @Test
    void tasksOfOneThreadKeepTheirOrder() throws Exception {
        XnioIoThread thread = oneThread();
        BlockingQueue<Integer> ran = new LinkedBlockingQueue<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            thread.execute(() -> ran.add(number));
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(ran.take()).isEqualTo(i);
        }
    }

    @Test
    void aTaskMayPlanItselfAgainWithoutHoldingUpSockets() throws Exception {
        ListeningPort port = listen(connection -> {
            echo(connection);
            accepted.add(connection);
        });
        Socket client = connect(port);
        XnioIoThread thread = accepted.take().getIoThread();
        CountDownLatch enough = new CountDownLatch(1);
        thread.execute(new Runnable() {
            @Override
            public void run() {
                if (enough.getCount() > 0) {
                    thread.execute(this);
                }
            }
        });
        assertThat(roundTrip(client, 'a')).isEqualTo('a');
        enough.countDown();
    }

    @Test
    void timersRunWhenTheyAreDueUnlessRemoved() throws Exception {
        XnioIoThread thread = oneThread();
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        XnioExecutor.Key removed = thread.executeAfter(() -> ran.add("removed"), 20, TimeUnit.MILLISECONDS);
        thread.executeAfter(() -> ran.add("third"), 60, TimeUnit.MILLISECONDS);
        thread.executeAfter(() -> ran.add("second"), 40, TimeUnit.MILLISECONDS);
        thread.executeAfter(() -> ran.add("first"), 0, TimeUnit.MILLISECONDS);
        assertThat(removed.remove()).isTrue();
        assertThat(removed.remove()).isFalse();
        assertThat(List.of(ran.take(), ran.take(), ran.take())).containsExactly("first", "second", "third");
    }

    @Test
    void aTimerAtAnIntervalGoesOnUntilItIsRemoved() throws Exception {
        XnioIoThread thread = oneThread();
        BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
        XnioExecutor.Key key =
                thread.executeAtInterval(() -> ran.add(Thread.currentThread()), 1, TimeUnit.MILLISECONDS);
        for (int i = 0; i < 5; i++) {
            assertThat(ran.take()).isSameAs(thread);
        }
        assertThat(key.remove()).isTrue();
        CountDownLatch later = new CountDownLatch(1);
        thread.executeAfter(later::countDown, 5, TimeUnit.MILLISECONDS);
        later.await();
        ran.clear();
        CountDownLatch muchLater = new CountDownLatch(1);
        thread.executeAfter(muchLater::countDown, 20, TimeUnit.MILLISECONDS);
        muchLater.await();
        assertThat(ran).isEmpty();
    }

    @Test
    void aBlockingReaderOnAnotherThreadWaitsForBytes() throws Exception {
        ListeningPort port = listen(accepted::add);
        Socket client = connect(port);
        StreamConnection connection = accepted.take();
        BlockingQueue<Integer> read = new LinkedBlockingQueue<>();
        tasks.execute(() -> {
            try {
                connection.getSourceChannel().awaitReadable();
                ByteBuffer bytes = ByteBuffer.allocate(10);
                read.add(connection.getSourceChannel().read(bytes));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        client.getOutputStream().write(new byte[3]);
        assertThat(read.take()).isEqualTo(3);
    }

    @Test
    void anEndedLoopTakesNoMoreTasksAndClosesItsConnections() throws Exception {
        ListeningPort port = listen(connection -> {
            echo(connection);
            accepted.add(connection);
        });
        Socket client = connect(port);
        assertThat(roundTrip(client, 'a')).isEqualTo('a');
        XnioIoThread thread = accepted.take().getIoThread();
        loops.close();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(() -> thread.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> connect(port)).isInstanceOf(IOException.class);
    }

    @Test
    void bytesOnTheirWayToAReadingClientAreSentBeforeTheEnd() throws Exception {
        int size = 16 * 1024 * 1024;
        ListeningPort port = listen(connection -> send(connection, ByteBuffer.allocate(size)));
        Socket client = connect(port);
        accepted.take();
        Thread closing = new Thread(loops::close);
        closing.start();
        assertThat(client.getInputStream().transferTo(OutputStream.nullOutputStream()))
                .isEqualTo(size);
        closing.join();
    }

    private void send(StreamConnection connection, ByteBuffer bytes) {
        connection.getSinkChannel().setWriteListener(sink -> {
            try {
                sink.write(bytes);
                if (!bytes.hasRemaining()) {
                    connection.close();
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        connection.getSinkChannel().resumeWrites();
        accepted.add(connection);
    }
}

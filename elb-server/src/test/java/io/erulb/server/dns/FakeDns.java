package io.erulb.server.dns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * A DNS server over UDP on a port of the loopback interface. It knows what tests tell it, follows aliases as servers do that
 * resolve for others, and keeps what it is asked. Names are written without their last dot.
 */
final class FakeDns implements AutoCloseable {
    private final DatagramSocket socket;
    private final Map<String, List<Record>> records = new ConcurrentHashMap<>();
    private final Map<String, Integer> codes = new ConcurrentHashMap<>();
    private final List<Record> strays = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Query> queries = new ArrayBlockingQueue<>(100_000);

    /** @param nanos when it came */
    record Query(String name, int type, long nanos) {}

    private FakeDns(DatagramSocket socket) {
        this.socket = socket;
        Thread thread = new Thread(this::serve, "fake-dns");
        thread.setDaemon(true);
        thread.start();
    }

    static FakeDns open() throws IOException {
        return new FakeDns(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    /** What resolv.conf says where this is the only server. */
    ResolvConf conf() {
        return new ResolvConf(List.of(address()), List.of(), 1);
    }

    /** From now on a name has these records and no others, each written as {@code TTL TYPE DATA}. */
    FakeDns put(String name, String... lines) throws IOException {
        List<Record> all = new ArrayList<>();
        for (String line : lines) {
            all.add(read(name, line));
        }
        records.put(name, all);
        codes.remove(name);
        return this;
    }

    /** From now on every answer has this record too. */
    FakeDns stray(String name, String line) throws IOException {
        strays.add(read(name, line));
        return this;
    }

    private static Record read(String name, String line) throws IOException {
        String[] words = line.split(" ", 3);
        int type = Type.value(words[1]);
        Name owner = Name.fromString(name, Name.root);
        return Record.fromString(owner, type, DClass.IN, Long.parseLong(words[0]), words[2], Name.root);
    }

    /** From now on queries of that name and type are answered by a code, of {@link Rcode}, alone. */
    FakeDns fail(String name, int type, int code) {
        codes.put(name + '/' + type, code);
        return this;
    }

    /** From now on queries of that name are answered by a code alone, or not at all by -1; until it is put again. */
    FakeDns fail(String name, int code) {
        codes.put(name, code);
        return this;
    }

    /** The next query, which must come within ten seconds. */
    Query next() throws InterruptedException {
        return Objects.requireNonNull(queries.poll(10, TimeUnit.SECONDS), "nobody asks any more");
    }

    /** All queries until there were some of a name, for IPv4. */
    List<Query> until(String name, int times) throws InterruptedException {
        List<Query> all = new ArrayList<>();
        for (int left = times; left > 0; ) {
            Query one = next();
            all.add(one);
            left -= one.name().equals(name) && one.type() == Type.A ? 1 : 0;
        }
        return all;
    }

    /** What came and was not taken. */
    List<Query> rest() {
        List<Query> all = new ArrayList<>();
        queries.drainTo(all);
        return all;
    }

    @Override
    public void close() {
        socket.close();
    }

    private void serve() {
        byte[] bytes = new byte[4096];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                byte[] answer = answer(new Message(Arrays.copyOf(bytes, packet.getLength())));
                if (answer != null) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // The socket was closed: the test is over.
        }
    }

    private byte @Nullable [] answer(Message query) {
        Record question = query.getQuestion();
        String name = question.getName().toString(true);
        queries.add(new Query(name, question.getType(), System.nanoTime()));
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        int code = codes.getOrDefault(name, codes.getOrDefault(name + '/' + question.getType(), Rcode.NOERROR));
        if (code == Rcode.NOERROR) {
            fill(answer, name, question.getType());
            strays.forEach(stray -> answer.addRecord(stray, Section.ANSWER));
        } else {
            answer.getHeader().setRcode(Math.max(code, Rcode.NOERROR));
        }
        return code < 0 ? null : answer.toWire();
    }

    private void fill(Message answer, String name, int type) {
        List<Record> all = records.get(name);
        if (all == null) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
            return;
        }
        for (Record one : all) {
            if (one instanceof CNAMERecord alias) {
                answer.addRecord(one, Section.ANSWER);
                fill(answer, alias.getTarget().toString(true), type);
            } else if (one.getType() == type) {
                answer.addRecord(one, Section.ANSWER);
            }
        }
    }
}

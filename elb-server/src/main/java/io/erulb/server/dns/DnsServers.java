package io.erulb.server.dns;

import io.erulb.routing.Resolved;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/** DNS servers that know the same; the next is asked where one is silent. Safe for use by many threads. */
final class DnsServers {
    private static final int TRIES = 2;

    /** No look-up takes longer, however many servers are silent. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Resolver servers;
    private final Manner manner;

    DnsServers(List<InetSocketAddress> addresses, Manner manner) {
        this.manner = manner;
        List<Resolver> each = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            Resolver server = new SimpleResolver(address);
            server.setTimeout(manner.patience());
            each.add(server);
        }
        ExtendedResolver inTurn = new ExtendedResolver(each);
        inTurn.setRetries(TRIES);
        inTurn.setTimeout(LONGEST.dividedBy(2));
        this.servers = inTurn;
    }

    /**
     * All addresses of a full name. They hold as long as every record does that led to them, aliases included.
     *
     * @param host what the addresses are to be called
     * @return null when there is no such name, or it has no addresses
     * @throws IOException when nobody answered, or one type of address could not be told: half an answer is none
     */
    @Nullable
    Resolved ask(Name name, String host) throws IOException, InterruptedException {
        List<CompletableFuture<List<Record>>> answers =
                manner.types().stream().map(type -> ask(name, type)).toList();
        long end = System.nanoTime() + LONGEST.toNanos();
        List<Record> records = new ArrayList<>();
        for (CompletableFuture<List<Record>> answer : answers) {
            records.addAll(await(answer, end));
        }
        List<InetAddress> addresses = addresses(records, host);
        return addresses.isEmpty() ? null : new Resolved(addresses, ttl(records));
    }

    private CompletableFuture<List<Record>> ask(Name name, int type) {
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        return servers.sendAsync(query, Runnable::run)
                .thenApply(response -> answer(query, response))
                .toCompletableFuture();
    }

    private static List<Record> answer(Message query, Message response) {
        int code = response.getRcode();
        if (code == Rcode.NXDOMAIN) {
            return List.of();
        }
        // Without records that nobody asked for.
        Message clean = code == Rcode.NOERROR ? response.normalize(query) : null;
        if (clean == null) {
            throw new CompletionException(new IOException("answer: " + Rcode.string(code)));
        }
        return clean.getSection(Section.ANSWER);
    }

    private static List<Record> await(CompletableFuture<List<Record>> answer, long end)
            throws IOException, InterruptedException {
        try {
            return answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } catch (TimeoutException late) {
            throw new IOException(late);
        }
    }

    private static List<InetAddress> addresses(List<Record> records, String host) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (Record one : records) {
            if (one instanceof ARecord v4) {
                addresses.add(named(host, v4.getAddress()));
            } else if (one instanceof AAAARecord v6) {
                addresses.add(named(host, v6.getAddress()));
            }
        }
        return addresses;
    }

    private static InetAddress named(String host, InetAddress address) throws IOException {
        return InetAddress.getByAddress(host, address.getAddress());
    }

    private static Duration ttl(List<Record> records) {
        return Duration.ofSeconds(
                records.stream().mapToLong(Record::getTTL).min().orElse(0));
    }
}

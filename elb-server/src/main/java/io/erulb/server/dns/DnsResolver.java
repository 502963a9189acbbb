package io.erulb.server.dns;

import io.erulb.routing.Resolved;
import io.erulb.routing.Resolver;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Asks the machine's DNS servers (resolv.conf) for IPv4 and IPv6 addresses and tells their TTL. The JDK's resolver, which
 * tells none, has the names in the hosts file and all that DNS does not answer: there may be other name services. Safe for
 * use by many threads; a look-up blocks.
 */
public final class DnsResolver implements Resolver {
    private static final Logger LOG = Logger.getLogger(DnsResolver.class.getName());

    private final Supplier<ResolvConf> conf;
    private final HostsFile hosts;
    private final Resolver others;
    private final Manner manner;
    private volatile @Nullable Asked asked;

    /** Servers for a file's content; they remember which of them are silent. */
    private record Asked(ResolvConf conf, DnsServers servers) {}

    DnsResolver(Supplier<ResolvConf> conf, HostsFile hosts, Resolver others, Manner manner) {
        this.conf = conf;
        this.hosts = hosts;
        this.others = others;
        this.manner = manner;
    }

    /** As this machine is set up; changes of its files count from the next look-up on. */
    public static DnsResolver system() {
        return new DnsResolver(ResolvConf::read, HostsFile.system(), Resolver.system(), Manner.usual());
    }

    @Override
    public Resolved resolve(String host) throws UnknownHostException {
        Resolved answer = hosts.has(host) ? null : ask(host);
        return answer == null ? others.resolve(host) : answer;
    }

    private @Nullable Resolved ask(String host) throws UnknownHostException {
        try {
            Asked now = current();
            List<Name> candidates =
                    now.conf().servers().isEmpty() ? List.of() : now.conf().candidates(host);
            for (Name name : candidates) {
                Resolved answer = now.servers().ask(name, host);
                if (answer != null) {
                    return answer;
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": interrupted");
        } catch (IOException | RuntimeException failed) {
            LOG.log(Level.FINE, failed, () -> "no answer from DNS for " + host);
        }
        return null;
    }

    /** Two threads that see a new file at once may both take it in; one of them wins. */
    private Asked current() {
        ResolvConf now = conf.get();
        Asked last = asked;
        if (last == null || !last.conf().equals(now)) {
            last = new Asked(now, new DnsServers(now.servers(), manner));
            asked = last;
        }
        return last;
    }
}

package io.erulb.server.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.config.ResolvConfResolverConfigProvider;

/**
 * Which DNS servers there are, and how names are completed (resolv.conf(5)). Immutable.
 *
 * @param servers in the order in which they are asked
 * @param search what names are completed with, in the order in which it is tried
 * @param ndots names with fewer dots are tried as they stand last, others first
 */
record ResolvConf(List<InetSocketAddress> servers, List<Name> search, int ndots) {

    ResolvConf {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
    }

    /** What the machine's file says now; no servers where there is none or it can't be understood. */
    static ResolvConf read() {
        ResolvConfResolverConfigProvider file = new ResolvConfResolverConfigProvider();
        try {
            file.initialize();
            return new ResolvConf(file.servers(), file.searchPaths(), file.ndots());
        } catch (RuntimeException malformed) {
            return new ResolvConf(List.of(), List.of(), 1);
        }
    }

    /**
     * The full names that a name may mean, in the order in which to try them.
     *
     * @throws IOException when it is no name in DNS, or too long for one
     */
    List<Name> candidates(String host) throws IOException {
        Name name = Name.fromString(host);
        if (name.isAbsolute()) {
            return List.of(name);
        }
        List<Name> candidates = new ArrayList<>();
        for (Name suffix : search) {
            candidates.add(Name.concatenate(name, suffix));
        }
        int dots = name.labels() - 1;
        candidates.add(dots < ndots ? candidates.size() : 0, Name.concatenate(name, Name.root));
        return candidates;
    }
}

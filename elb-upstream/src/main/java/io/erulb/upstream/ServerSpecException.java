package io.erulb.upstream;

import java.util.List;
import java.util.stream.Collectors;

/** A server's address or parameters are not what is accepted. Carries every fault, not just the first. */
public final class ServerSpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<ServerFault> faults;

    ServerSpecException(List<ServerFault> faults) {
        super(faults.stream().map(ServerFault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** Everything that is wrong, the address first, then the parameters as they were written; never empty. */
    public List<ServerFault> faults() {
        return faults;
    }
}

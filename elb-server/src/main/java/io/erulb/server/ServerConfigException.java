package io.erulb.server;

import java.util.List;

/** Settings the server can't start with. */
public final class ServerConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    ServerConfigException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** One sentence for each bad setting: its name, its value and what is expected. */
    public List<String> faults() {
        return faults;
    }
}

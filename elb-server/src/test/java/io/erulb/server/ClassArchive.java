package io.erulb.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes of the server's jar as the JVM has them once they are loaded, in a file beside it (JEP 350): a server starts
 * for half the processor time with it. Made once for each jar, by a server that waits for a store in vain.
 */
final class ClassArchive {
    private static final Path JAR = Path.of(System.getProperty("elb.jar"));
    private static final Path FILE = JAR.resolveSibling("elb-server-" + Runtime.version() + ".jsa");
    private static final List<String> OPTIONS = options();

    private ClassArchive() {}

    /** What starts a JVM with it; nothing where it could not be made. */
    static List<String> jvmOptions() {
        return OPTIONS;
    }

    private static List<String> options() {
        try {
            if (!isFresh()) {
                make();
            }
            return isFresh() ? List.of("-XX:SharedArchiveFile=" + FILE) : List.of();
        } catch (Exception e) {
            throw new IllegalStateException("no archive of classes: " + FILE, e);
        }
    }

    private static boolean isFresh() throws IOException {
        return Files.exists(FILE) && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(JAR)) > 0;
    }

    /** Under a name of its own first: other processes of tests may do so at the same time. */
    private static void make() throws Exception {
        Path made = JAR.resolveSibling("elb-server-" + ProcessHandle.current().pid() + ".jsa");
        String settings = "LISTEN=127.0.0.1:0 START_WAIT=100ms ETCD=127.0.0.1:1";
        try (ServerProcess server = ServerProcess.run(List.of("-XX:ArchiveClassesAtExit=" + made), settings)) {
            Http.get(server.uri(), "/");
            Http.get(server.uri(), "/__erulb__/status");
            server.terminate();
            server.exitCode();
        }
        if (Files.exists(made)) {
            Files.move(made, FILE, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}

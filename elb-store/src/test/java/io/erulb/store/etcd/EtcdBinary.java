package io.erulb.store.etcd;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the etcd that tests run. No instances. */
final class EtcdBinary {

    private EtcdBinary() {}

    /**
     * Returns where etcd is: what ELB_TEST_ETCD names, else on the PATH, else in {@code .tools/etcd} of the repository;
     * fails with the command that puts it there.
     */
    static Path etcd() {
        String named = System.getenv("ELB_TEST_ETCD");
        List<Path> candidates = named == null ? candidates() : List.of(Path.of(named));
        return candidates.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no etcd for the tests; run scripts/install-etcd in the"
                        + " repository, or set ELB_TEST_ETCD to its path; looked for " + candidates));
    }

    /** Returns the etcdctl beside etcd, or that on the PATH. */
    static Path etcdctl() {
        Path beside = etcd().resolveSibling("etcdctl");
        return Files.isExecutable(beside) ? beside : Path.of("etcdctl");
    }

    private static List<Path> candidates() {
        List<Path> candidates = new ArrayList<>();
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            candidates.add(Path.of(folder, "etcd"));
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            candidates.add(folder.resolve(".tools").resolve("etcd").resolve("etcd"));
        }
        return candidates;
    }
}

import java.nio.file.Path;

/**
 * Where {@code bench/changes} runs: the checkout, a folder for logs and data, and the first of six ports of 127.0.0.1, of
 * which the script's two backends have the first two.
 */
record Place(Path root, Path work, int port) {
    int backend(int which) {
        return port + which;
    }

    int etcd() {
        return port + 2;
    }

    int etcdPeer() {
        return port + 3;
    }

    int elb() {
        return port + 4;
    }

    int admin() {
        return port + 5;
    }
}

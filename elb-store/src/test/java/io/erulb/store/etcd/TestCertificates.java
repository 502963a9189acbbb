package io.erulb.store.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Certificates for tests, each of which is its own authority: {@code server} and {@code client}.
 *
 * @param folder where their PEM files are
 */
record TestCertificates(Path folder) {

    private static final String PASSWORD = "changeit";

    /** Makes them in a folder, the server's for one address. */
    static TestCertificates make(Path folder, String serverAddress) throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        certificates.make("server", "ip:" + serverAddress);
        certificates.make("client", "dns:client");
        return certificates;
    }

    Path certificate(String name) {
        return folder.resolve(name + ".pem");
    }

    Path key(String name) {
        return folder.resolve(name + ".key");
    }

    List<String> etcdArguments() {
        return List.of(
                "--cert-file",
                certificate("server").toString(),
                "--key-file",
                key("server").toString(),
                "--client-cert-auth",
                "--trusted-ca-file",
                certificate("client").toString());
    }

    List<String> ctlArguments() {
        return List.of(
                // What a client makes of the server's certificate is for the tests to find out.
                "--insecure-skip-tls-verify",
                "--cert",
                certificate("client").toString(),
                "--key",
                key("client").toString());
    }

    private void make(String name, String alternativeName) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "bc=ca:true",
                        "-ext",
                        "san=" + alternativeName,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(20, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool: " + output);
        }
        export(store, name);
    }

    private void export(Path store, String name) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Key key = keys.getKey(name, PASSWORD.toCharArray());
        Files.writeString(
                certificate(name), pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
        Files.writeString(key(name), pem("PRIVATE KEY", key.getEncoded()));
    }

    private static String pem(String what, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }
}

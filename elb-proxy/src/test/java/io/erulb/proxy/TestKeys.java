package io.erulb.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate of its own making, for {@code app.local} and 127.0.0.1. */
public record TestKeys(KeyStore keys) {
    private static final String PASSWORD = "changeit";

    /** Made in a folder, which needs nothing else in it. */
    public static TestKeys make(Path folder) throws Exception {
        Path store = folder.resolve("keys.p12");
        String options = "-genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=server -validity 2"
                + " -ext bc=ca:true -ext san=dns:app.local,ip:127.0.0.1 -storetype PKCS12 -storepass " + PASSWORD;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString()));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(20, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool: " + output);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new TestKeys(keys);
    }

    /** A listener of a server that has the key, and speaks these versions of TLS. */
    public SSLServerSocket listener(String... protocols) throws Exception {
        SSLServerSocket listener = (SSLServerSocket)
                context().getServerSocketFactory().createServerSocket(0, 200, InetAddress.getLoopbackAddress());
        listener.setEnabledProtocols(protocols);
        return listener;
    }

    /** The server's side of TLS over a socket, which can then be closed without a word. */
    public SSLSocket over(Socket accepted) throws Exception {
        SSLSocket socket =
                (SSLSocket) context().getSocketFactory().createSocket(accepted, null, accepted.getPort(), true);
        socket.setUseClientMode(false);
        return socket;
    }

    private SSLContext context() throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }

    /** One who trusts the certificate and no other. */
    public TrustManager[] trust() throws Exception {
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        return trust.getTrustManagers();
    }
}

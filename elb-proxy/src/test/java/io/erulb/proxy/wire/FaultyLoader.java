package io.erulb.proxy.wire;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/** Loads classes of ours once more, one of them with a fault. */
final class FaultyLoader extends URLClassLoader {
    private static final String OURS = "io.erulb.";

    private final String faulty;
    private final byte[] bytes;

    FaultyLoader(PlantedFault fault) {
        super(urls(), FaultyLoader.class.getClassLoader());
        faulty = "io.erulb.proxy." + fault.type();
        bytes = plant(fault);
    }

    private static URL[] urls() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(FaultyLoader::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] plant(PlantedFault fault) {
        ClassFileLocator classes = ClassFileLocator.ForClassLoader.of(FaultyLoader.class.getClassLoader());
        TypeDescription type = TypePool.Default.of(classes).describe(faulty).resolve();
        if (type.getDeclaredMethods()
                .filter(ElementMatchers.named(fault.method()))
                .isEmpty()) {
            throw new IllegalArgumentException("no such method: " + fault);
        }
        return new ByteBuddy()
                .redefine(type, classes)
                .visit(Advice.to(fault.advice()).on(ElementMatchers.named(fault.method())))
                .make()
                .getBytes();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? load(name) : known;
        }
    }

    private Class<?> load(String name) throws ClassNotFoundException {
        return name.equals(faulty) ? defineClass(name, bytes, 0, bytes.length) : findClass(name);
    }

    /** Proxies made of the classes loaded here. */
    WireRun.Proxies proxies() throws ReflectiveOperationException, IOException {
        Thread.currentThread().setContextClassLoader(this);
        Object made = loadClass(WireProxy.class.getName()).getConstructor().newInstance();
        return server -> {
            Thread.currentThread().setContextClassLoader(this);
            @SuppressWarnings("unchecked")
            java.util.Map.Entry<Integer, Runnable> started = (java.util.Map.Entry<Integer, Runnable>)
                    made.getClass().getMethod("start", String.class).invoke(made, server);
            return started;
        };
    }
}

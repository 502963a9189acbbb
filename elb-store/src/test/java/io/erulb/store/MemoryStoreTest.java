package io.erulb.store;

final class MemoryStoreTest extends ConfigStoreContract {

    @Override
    protected ConfigStore open() {
        return new MemoryStore();
    }
}

package io.erulb.server.architecture.planted.admin;

import io.erulb.server.architecture.planted.store.StoreThatBalances;
import io.etcd.jetcd.Client;

/** An API that knows the store, and etcd. */
public record AdminThatStores(StoreThatBalances store, Client client) {}

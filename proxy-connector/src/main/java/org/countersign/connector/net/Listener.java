package org.countersign.connector.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.countersign.connector.metrics.Metric;
import org.countersign.connector.metrics.Metrics;
import org.jboss.logging.Logger;

/**
 * A port of the gateway that speaks one protocol. When all connections are taken, a bounded number of clients more is
 * received to be told so; the rest is closed without a word. Safe for all threads.
 */
public final class Listener implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Listener.class);
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);
    private static final int MAX_REFUSED_AT_ONCE = 64;
    private final EventLoopGroup acceptor;
    private final EventLoopGroup loops;
    private final Channel channel;

    /** What a protocol does with a connection, on its event loop. */
    @FunctionalInterface
    public interface Reception {
        /** @param full whether all connections are taken, which the client is to be told and no more */
        void receive(Channel client, boolean full);
    }

    private Listener(EventLoopGroup acceptor, EventLoopGroup loops, Channel channel) {
        this.acceptor = acceptor;
        this.loops = loops;
        this.channel = channel;
    }

    /**
     * Opens the port.
     *
     * @param reception sets up the pipeline of each connection
     * @throws IOException when the address cannot be bound
     */
    public static Listener open(ListenerSettings settings, Transport transport, Metrics metrics, Reception reception)
            throws IOException {
        EventLoopGroup acceptor = transport.group("countersign-accept", 1);
        EventLoopGroup loops =
                transport.group("countersign-loop", Runtime.getRuntime().availableProcessors());
        var open = new AtomicInteger();
        int max = settings.connections().maxConnections();
        var bootstrap = new ServerBootstrap()
                .group(acceptor, loops)
                .channel(transport.listening())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel client) {
                        metrics.add(Metric.CONNECTIONS, 1);
                        client.closeFuture().addListener(closed -> {
                            open.decrementAndGet();
                            metrics.add(Metric.CONNECTIONS, -1);
                        });
                        int now = open.incrementAndGet();
                        if (now > max) {
                            metrics.count(Metric.CONNECTIONS_REFUSED);
                            LOG.debugf("connection refused limit=%d", max);
                        }
                        if (now > max + MAX_REFUSED_AT_ONCE) {
                            client.close();
                        } else {
                            reception.receive(client, now > max);
                        }
                    }
                });
        var bound = bootstrap
                .bind(new InetSocketAddress(settings.bindAddress(), settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            acceptor.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException("cannot listen on " + settings.bindAddress() + ":" + settings.port(), bound.cause());
        }
        return new Listener(acceptor, loops, bound.channel());
    }

    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** One of the event loops that connections are served on. */
    public EventLoop loop() {
        return loops.next();
    }

    /** Refuses new connections; those that are open stay. */
    public void refuse() {
        channel.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    /** Stops the event loops once what is being written is written, for at most three seconds. */
    @Override
    public void close() {
        refuse();
        var patience = Duration.ofSeconds(3);
        var one = acceptor.shutdownGracefully(0, patience.toMillis(), TimeUnit.MILLISECONDS);
        var two = loops.shutdownGracefully(100, patience.toMillis(), TimeUnit.MILLISECONDS);
        one.awaitUninterruptibly(patience.toMillis());
        two.awaitUninterruptibly(patience.toMillis());
    }
}

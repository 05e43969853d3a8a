package org.countersign.connector.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The kind of sockets this machine has: native epoll where there is one, else NIO. */
public enum Transport {
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {
        @Override
        IoHandlerFactory io() {
            return EpollIoHandler.newFactory();
        }
    },
    NIO(NioServerSocketChannel.class, NioSocketChannel.class) {
        @Override
        IoHandlerFactory io() {
            return NioIoHandler.newFactory();
        }
    };

    private final Class<? extends ServerChannel> listening;
    private final Class<? extends Channel> connected;

    Transport(Class<? extends ServerChannel> listening, Class<? extends Channel> connected) {
        this.listening = listening;
        this.connected = connected;
    }

    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    public Class<? extends ServerChannel> listening() {
        return listening;
    }

    /** The channel class for connections to targets on the same event loops. */
    public Class<? extends Channel> connected() {
        return connected;
    }

    /** @param loops 0 for Netty's default of two per processor */
    public EventLoopGroup group(String name, int loops) {
        return new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory(name, true), io());
    }

    abstract IoHandlerFactory io();
}

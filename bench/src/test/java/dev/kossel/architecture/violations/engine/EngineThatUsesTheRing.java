package dev.kossel.architecture.violations.engine;

import com.lmax.disruptor.RingBuffer;

public final class EngineThatUsesTheRing {
    RingBuffer<long[]> ring = RingBuffer.createSingleProducer(() -> new long[1], 8);
}

import Glibc
import Testing
import Threads

@testable import PocketvaultServer

@Suite("What may take long")
struct LongWorkTests {
    private struct Run {
        var running = 0
        var most = 0
        var order: [Int] = []
    }

    @Test("it is done one after the other, in its order")
    func order() {
        let work = LongWork()
        let run = Locked(Run())
        for number in 0..<20 {
            work.run {
                run.withLock { run in
                    run.running += 1
                    run.most = max(run.most, run.running)
                }
                usleep(1_000)
                run.withLock { run in
                    run.running -= 1
                    run.order.append(number)
                }
            }
        }
        while run.withLock({ $0.order.count < 20 }) { usleep(1_000) }
        #expect(run.withLock { $0.most } == 1)
        #expect(run.withLock { $0.order } == Array(0..<20))
    }

    @Test("what comes after a rest is done too")
    func rest() {
        let work = LongWork()
        for _ in 0..<50 {
            let isDone = Locked(false)
            work.run { isDone.withLock { $0 = true } }
            while !isDone.withLock({ $0 }) { usleep(100) }
        }
    }
}

import Glibc
import System
import Testing

@Suite("The environment of the process")
struct ProcessEnvironmentTests {
    @Test("every variable is what getenv gives of it")
    func variables() {
        let variables = ProcessEnvironment.variables
        #expect(variables["PATH"] != nil)
        for (name, value) in variables {
            #expect(getenv(name).map { String(cString: $0) } == value, "\(name)")
        }
    }
}

internal import Client
internal import Glibc

/// The editor that the environment names, on this terminal.
struct Editor {
    /// A command as a shell reads it, as in `code --wait`.
    private let command: String

    init(_ environment: Environment) {
        command = environment.variable("VISUAL") ?? environment.variable("EDITOR") ?? "vi"
    }

    /// Opens a file and waits until the editor ends.
    ///
    /// Signals that would end this program wait meanwhile: the file must not be left behind.
    func open(_ path: String) throws {
        var held = sigset_t()
        var former = sigset_t()
        unsafe sigemptyset(&held)
        for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP] { unsafe sigaddset(&held, signal) }
        // Reads and writes the sets that it is given.
        _ = unsafe pthread_sigmask(SIG_BLOCK, &held, &former)
        defer {
            // Ctrl-C was meant for the editor.
            let ignored = signal(SIGINT, SIG_IGN)
            _ = unsafe pthread_sigmask(SIG_SETMASK, &former, nil)
            _ = signal(SIGINT, ignored)
        }
        guard let status = run(path, former) else {
            throw ClientError.impossible("no shell was found that could start \(command)")
        }
        guard status == 0 else {
            throw ClientError.impossible(
                "\(command) ended with \(status & 0x7F != 0 ? 128 + status & 0x7F : status >> 8);"
                    + " nothing was stored"
            )
        }
    }

    /// - Returns: how the editor ended, as the system tells it; nil when there is no shell.
    private func run(_ path: String, _ mask: sigset_t) -> Int32? {
        var attributes = posix_spawnattr_t()
        var mask = mask
        // Each call gets a structure of its own, which lives until the end; strings are freed there.
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let words = ["sh", "-c", "\(command) \"$1\"", "sh", path]
        var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var process: pid_t = 0
        let result = unsafe posix_spawn(
            &process,
            "/bin/sh",
            nil,
            &attributes,
            &arguments,
            environ
        )
        guard result == 0 else { return nil }
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status
    }
}

internal import CCurl

/// libcurl, which is opened when it is first needed.
struct Curl: Sendable {
    // Sendable although they are pointers: libcurl lets any thread call any of its functions.
    nonisolated(unsafe) let functions: pocketvault_curl

    /// Nil when it is not installed.
    static let shared = Curl()

    private init?() {
        var functions = pocketvault_curl()
        guard pocketvault_curl_open(&functions) != 0 else { return nil }
        self.functions = functions
    }

    /// How a transfer ended; nil while it goes on.
    func result(in multi: UnsafeMutableRawPointer) -> CURLcode? {
        var result = CURLE_OK
        let isDone = withUnsafePointer(to: functions) {
            pocketvault_curl_is_done($0, multi, &result) != 0
        }
        return isDone ? result : nil
    }

    func sentence(of code: CURLcode) -> String {
        functions.easy_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)"
    }
}

/// One transfer, while its options are set.
struct CurlHandle {
    let curl: Curl
    let pointer: UnsafeMutableRawPointer

    func allowHTTPOnly() {
        withUnsafePointer(to: curl.functions) {
            _ = pocketvault_curl_allow_http_only($0, pointer)
        }
    }

    func set(_ option: CURLoption, _ number: Int) {
        withUnsafePointer(to: curl.functions) {
            _ = pocketvault_curl_set_long($0, pointer, option, number)
        }
    }

    func set(_ option: CURLoption, _ text: String) {
        text.withCString { set(option, UnsafeRawPointer($0)) }
    }

    func set(_ option: CURLoption, _ value: UnsafeRawPointer?) {
        withUnsafePointer(to: curl.functions) {
            _ = pocketvault_curl_set_pointer($0, pointer, option, value)
        }
    }

    func set(_ option: CURLoption, _ callback: curl_write_callback) {
        withUnsafePointer(to: curl.functions) {
            _ = pocketvault_curl_set_callback($0, pointer, option, callback)
        }
    }
}

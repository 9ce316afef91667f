package import Notation

/// Who calls, from where, and in which world.
///
/// An object, because every station of a call is handed it.
package final class Caller: Sendable {
    /// The caller's own account and the region of the endpoint.
    package let scope: Scope
    /// As whom: what permissions there are depends on it.
    package let principal: CallerPrincipal
    /// The access key id of the request's credentials, if it had any.
    package let accessKeyID: String?
    /// The UUID that the answer carries as `x-amzn-RequestId`.
    package let requestID: String
    package let sourceAddress: String
    /// Whether the call came by TLS.
    package let isEncrypted: Bool
    package let userAgent: String?
    /// The header of that name, in HTTP's own spelling.
    package let referer: String?
    /// Whether the call may only read: a web page could have made it, and nobody has looked at a
    /// signature.
    package let mayOnlyRead: Bool

    package init(
        scope: Scope,
        principal: CallerPrincipal,
        accessKeyID: String?,
        requestID: String,
        sourceAddress: String,
        isEncrypted: Bool = false,
        userAgent: String?,
        referer: String? = nil,
        mayOnlyRead: Bool = false
    ) {
        self.scope = scope
        self.principal = principal
        self.accessKeyID = accessKeyID
        self.requestID = requestID
        self.sourceAddress = sourceAddress
        self.isEncrypted = isEncrypted
        self.userAgent = userAgent
        self.referer = referer
        self.mayOnlyRead = mayOnlyRead
    }
}

extension Caller {
    /// Whether the credentials are those of a session, of GetSessionToken too, whose holder calls under
    /// the own name.
    var isSession: Bool { principal.session != nil || accessKeyID?.hasPrefix("ASIA") == true }
}

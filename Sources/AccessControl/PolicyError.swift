/// Why a policy was refused.
package struct PolicyError: Error, Equatable {
    /// What is wrong with it.
    package let fault: Fault
    /// Where and how, for the log; what it quotes of the policy is escaped and short.
    package let detail: String

    /// Which of AWS's sentences answers it.
    package var category: Category {
        switch fault {
        case .unsupportedPrincipal: .unsupportedPrincipal
        case .invalidServicePrincipal: .invalidServicePrincipal
        default: .syntax
        }
    }

    /// The faults that AWS tells apart.
    package enum Category: Sendable, Equatable {
        /// `This resource policy contains a syntax error.`
        case syntax
        /// `This resource policy contains an unsupported principal.`
        case unsupportedPrincipal
        /// `This resource policy contains an invalid service principal.`
        case invalidServicePrincipal
    }

    /// Each way in which a policy can be wrong.
    package enum Fault: Sendable, Equatable, CaseIterable {
        case notJSON
        case duplicateMember
        case unknownElement
        case missingElement
        case conflictingElements
        case elementNotAllowed
        case wrongType
        case emptyList
        case invalidVersion
        case invalidSid
        case duplicateSid
        case invalidEffect
        case invalidAction
        case invalidResource
        case unknownPrincipalType
        case unsupportedPrincipal
        case invalidServicePrincipal
        case unknownOperator
        case invalidConditionKey
        case invalidConditionValue
        case malformedVariable
    }
}

extension PolicyError: CustomStringConvertible {
    /// The detail, for the log.
    package var description: String {
        detail
    }
}

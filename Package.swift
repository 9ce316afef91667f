// swift-tools-version: 6.2

import PackageDescription

/// The one list of settings for every Swift target of the package.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// For the targets that wrap no C library: the compiler proves that they hold no unsafe code.
let safeSettings = settings + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "pocketvault",
    products: [
        .executable(name: "pocketvault", targets: ["pocketvault"]),
        .library(name: "PocketvaultTesting", targets: ["PocketvaultTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CMicroHTTPD",
            pkgConfig: "libmicrohttpd",
            providers: [.apt(["libmicrohttpd-dev"])]
        ),
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]
        ),
        .systemLibrary(
            name: "COpenSSL",
            pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"])]
        ),
        // Without pkgConfig, which would link it: see Sources/CCurl/shim.h.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CPostgreSQL"),
        // The compiler reads the assets: what `#embed` names is in the binary.
        .target(
            name: "CConsole",
            exclude: ["assets", "demo.json"],
            cSettings: [.disableWarning("c23-extensions")]
        ),
        // Defines what libmicrohttpd sends and waits by.
        .target(name: "CSocketGate"),
        .target(name: "System", swiftSettings: settings),
        .target(name: "Threads", swiftSettings: settings),
        .target(name: "Notation", swiftSettings: safeSettings),
        .target(name: "JSON", dependencies: ["Notation"], swiftSettings: safeSettings),
        .target(
            name: "Formats",
            dependencies: ["JSON", "Notation"],
            swiftSettings: safeSettings
        ),
        .target(
            name: "HTTPServer",
            dependencies: ["CMicroHTTPD", "CSocketGate", "Cryptography", "Notation", "Threads"],
            swiftSettings: settings
        ),
        .target(
            name: "Invocation",
            dependencies: ["CCurl", "Threads"],
            swiftSettings: settings
        ),
        .target(
            name: "PostgreSQL",
            dependencies: ["CPostgreSQL", "Invocation"],
            swiftSettings: settings
        ),
        .target(
            name: "Cryptography",
            dependencies: ["COpenSSL", "Notation"],
            swiftSettings: settings
        ),
        .target(
            name: "SignatureV4",
            dependencies: ["Cryptography", "Notation"],
            swiftSettings: safeSettings
        ),
        .target(
            name: "Client",
            dependencies: ["Invocation", "JSON", "Notation", "SignatureV4", "Threads"],
            swiftSettings: settings
        ),
        .target(
            name: "AccessControl",
            dependencies: ["JSON", "Notation"],
            swiftSettings: safeSettings
        ),
        .target(
            name: "AWS",
            dependencies: ["AccessControl", "JSON", "Notation"],
            swiftSettings: safeSettings
        ),
        .target(
            name: "Storage",
            dependencies: [
                "AWS", "CSQLite", "Cryptography", "JSON", "Notation", "System", "Threads",
            ],
            swiftSettings: settings
        ),
        .target(
            name: "PocketvaultServer",
            dependencies: [
                "AWS", "CConsole", "Cryptography", "HTTPServer", "Invocation", "JSON", "Notation",
                "PostgreSQL", "SignatureV4", "Storage", "System", "Threads", logging,
            ],
            swiftSettings: safeSettings
        ),
        .executableTarget(
            name: "pocketvault",
            dependencies: [
                "Client", "Formats", "HTTPServer", "Invocation", "JSON", "Notation",
                "PocketvaultServer", "SignatureV4", "System", "Threads",
                argumentParser, logging,
            ],
            swiftSettings: safeSettings
        ),
        .target(
            name: "PocketvaultTesting",
            dependencies: ["Client", "JSON", "PocketvaultServer", "Threads", logging],
            swiftSettings: settings
        ),
        .target(
            name: "TestSupport",
            dependencies: [
                "AWS", "JSON", "Notation", "PocketvaultServer", "Storage", "Threads",
            ],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        .testTarget(
            name: "HTTPServerTests",
            dependencies: [
                "COpenSSL", "CSocketGate", "Cryptography", "HTTPServer", "System", "Threads",
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "SystemTests", dependencies: ["System"], swiftSettings: settings),
        .testTarget(
            name: "InvocationTests",
            dependencies: ["HTTPServer", "Invocation", "Threads"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "SignatureV4Tests",
            dependencies: ["Notation", "SignatureV4"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ClientTests",
            dependencies: [
                "Client", "HTTPServer", "Invocation", "JSON", "Notation", "SignatureV4",
                "TestSupport", "Threads",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PostgreSQLTests",
            dependencies: ["Invocation", "PostgreSQL"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AWSTests",
            dependencies: ["AWS", "JSON", "Notation", "PocketvaultServer", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AccessControlTests",
            dependencies: ["AccessControl", "JSON"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "NotationTests",
            dependencies: ["Notation", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "FormatsTests",
            dependencies: ["Formats", "JSON", "Notation"],
            swiftSettings: settings
        ),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: settings),
        .testTarget(
            name: "CryptographyTests",
            dependencies: ["COpenSSL", "Cryptography", "Threads"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PocketvaultServerTests",
            dependencies: [
                "AWS", "Cryptography", "HTTPServer", "Invocation", "JSON", "Notation",
                "PocketvaultServer", "SignatureV4", "Storage", "TestSupport", "Threads", logging,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["Client", "HTTPServer", "JSON", "TestSupport", "pocketvault"],
            exclude: ["Transcripts"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "AWS", "CSQLite", "Cryptography", "JSON", "Notation", "Storage", "System",
                "Threads",
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PocketvaultTestingTests",
            dependencies: [
                "Client", "JSON", "PocketvaultServer", "PocketvaultTesting", "SignatureV4",
                "TestSupport",
            ],
            swiftSettings: settings
        ),
        .testTarget(name: "HouseRulesTests", swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)

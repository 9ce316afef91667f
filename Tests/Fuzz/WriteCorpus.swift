import Glibc

/// Writes each document of the corpus to a file of its own, for the fuzzer to begin with.
@main
enum WriteCorpus {
    static func main() {
        guard let directory = CommandLine.arguments.dropFirst().first else { exit(64) }
        for (number, document) in Corpus.documents.enumerated() {
            guard let file = fopen("\(directory)/corpus-\(number).json", "w") else { exit(1) }
            fwrite(document.bytes, 1, document.bytes.count, file)
            fclose(file)
        }
    }
}

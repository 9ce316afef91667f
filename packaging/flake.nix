# A flake that packs the tarball of a release. It was not run: there is no Nix where this is written.
{
  description = "A pocket-sized AWS Secrets Manager for development and tests";
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
  outputs = { self, nixpkgs }:
    let
      system = "x86_64-linux";
      pkgs = nixpkgs.legacyPackages.${system};
    in {
      packages.${system}.default = pkgs.stdenv.mkDerivation rec {
        pname = "pocketvault";
        version = "0.1.0";
        src = pkgs.fetchurl {
          url = "https://pocketvault.example/pocketvault-${version}-linux-x64.tar.gz";
          hash = pkgs.lib.fakeHash;
        };
        sourceRoot = ".";
        nativeBuildInputs = [ pkgs.autoPatchelfHook pkgs.installShellFiles ];
        installPhase = ''
          install -D pocketvault $out/bin/pocketvault
          installManPage man/*.1
          installShellCompletion completions/pocketvault.{bash,fish,zsh}
        '';
      };
    };
}

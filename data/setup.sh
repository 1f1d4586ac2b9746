# What data/quickstart.sh and tests/run.sh share; read with `.` from the root of the source.

# need_packages KIND...: installs what is missing of the packages of these kinds, and says so
# before it does. Nothing missing: nothing asked, and no network used.
need_packages() {
    missing=
    for kind; do
        for package in $(awk -v kind="$kind" '$1 == kind { print $2 }' data/packages); do
            case $(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2> /dev/null) in
            ?i*) ;;
            *) missing="$missing $package" ;;
            esac
        done
    done
    [ -n "$missing" ] || { echo "Every package that is needed is installed."; return 0; }
    echo "These packages are missing and will be installed with apt-get:"
    echo "$missing" | fold -s -w 76 | sed 's/^ */   /'
    sudo=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo > /dev/null ||
            { echo "Installing them needs root: run apt-get install$missing" >&2; return 1; }
        sudo=sudo
    fi
    $sudo apt-get -q update
    $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get -qy -o Dpkg::Use-Pty=0 install --no-install-recommends $missing
}

# build_in FOLDER TARGET OPTION...: configures and builds; a folder that was configured before
# keeps its generator.
build_in() {
    folder=$1 target=$2
    shift 2
    [ -e "$folder/CMakeCache.txt" ] || set -- -G Ninja "$@"
    cmake -S . -B "$folder" "$@" > "$folder.log" 2>&1 || { cat "$folder.log"; return 1; }
    rm -f "$folder.log"
    cmake --build "$folder" --parallel "$(nproc)" --target "$target"
}

# Seconds since FROM (a `now`), with one decimal.
now() { date +%s.%N; }
since() { now | awk -v from="$1" '{ printf "%.1f s\n", $1 - from }'; }

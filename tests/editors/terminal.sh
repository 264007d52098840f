# A program in a terminal, driven by keys and watched: sourced by the tests of editors that have a screen and nothing else.
passed=0
failed=0
terminal=adr-lens-$$

in_terminal() { tmux -L "$terminal" "$@"; }

# Starts a command in a terminal of 160 by 50.
start() {
    command -v tmux >/dev/null || install_packages tmux
    in_terminal -f /dev/null new-session -d -s main -x 160 -y 50 "$@"
}

stop() { in_terminal kill-server 2>/dev/null || true; }

screen() { in_terminal capture-pane -p -t main; }

ok() {
    passed=$((passed + 1))
    echo "ok $1"
}

fail() {
    failed=$((failed + 1))
    echo "FAILED $1"
    screen | sed "s/ *$//" | grep -v "^~\?$" | head -${ROWS:-50} | sed "s/^/    | /"
}

# Waits until a text stands on the screen: see NAME TEXT
see() {
    for _ in $(seq 100); do
        if screen | grep -qF -- "$2"; then
            ok "$1"
            return
        fi
        sleep 0.1
    done
    fail "$1"
}

# Waits until a text is gone from the screen: gone NAME TEXT
gone() {
    for _ in $(seq 100); do
        if ! screen | grep -qF -- "$2"; then
            ok "$1"
            return
        fi
        sleep 0.1
    done
    fail "$1"
}

# Waits until a file holds a text: holds NAME FILE TEXT
holds() {
    for _ in $(seq 100); do
        if grep -qsF -- "$3" "$2"; then
            ok "$1"
            return
        fi
        sleep 0.1
    done
    fail "$1"
}

# Keys, as tmux names them, one after the other.
press() {
    for key in "$@"; do
        in_terminal send-keys -t main "$key"
        # Escape and the key behind it would be taken for one with Alt.
        if [ "$key" = Escape ]; then sleep 0.6; else sleep 0.05; fi
    done
}

# Text as it is typed.
type_text() {
    in_terminal send-keys -t main -l -- "$1"
    sleep 0.1
}

finish() {
    stop
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

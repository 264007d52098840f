std = "luajit"
globals = { "vim" }
read_globals = { "arg" }
max_line_length = false

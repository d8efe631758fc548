// SPDX-License-Identifier: Apache-2.0
#include "app/cli/command.h"
#include "app/cli/model_options.h"
#include "app/cli/serve_session.h"

#include <iostream>
#include <istream>

namespace cli
{
namespace
{

/// Room for the run lengths of any mask; a longer line is an accident or an attack.
constexpr std::size_t maxLineBytes = std::size_t(16) << 20;

enum class LineKind { Line, TooLong, End };

/// Reads up to the next newline and keeps at most maxLineBytes of it.
LineKind readLine(std::streambuf &in, std::string &line)
{
    constexpr int end = std::char_traits<char>::eof();
    line.clear();
    bool tooLong = false;
    int c = in.sbumpc();
    if (c == end)
        return LineKind::End;
    for (; c != '\n' && c != end; c = in.sbumpc()) {
        if (line.size() < maxLineBytes)
            line += static_cast<char>(c);
        else
            tooLong = true;
    }
    return tooLong ? LineKind::TooLong : LineKind::Line;
}

struct ServeOptions {
    ModelOptions model;
    bool wholeOnly = false;
};

int serve(const ServeOptions &options)
{
    const auto segmenter = makeSegmenter(options.model);
    ServeSession session(*segmenter, options.wholeOnly);
    std::string line;
    for (;;) {
        const LineKind kind = readLine(*std::cin.rdbuf(), line);
        if (kind == LineKind::End)
            return Success;
        if (kind == LineKind::Line && line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        const Json answer = kind == LineKind::TooLong
                                ? Json{{"ok", false}, {"error", "The line is longer than 16 MB."}}
                                : session.answer(line);
        std::cout << answer.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n'
                  << std::flush;
        if (!std::cout)
            return ItemFailed; // nobody listens any more
    }
}

} // namespace

void addServe(CLI::App &app, Run &run)
{
    auto options = std::make_shared<ServeOptions>();
    CLI::App *command = app.add_subcommand(
        "serve", "Answers JSON lines on stdin with JSON lines on stdout, for scripts and plug-ins");
    command->footer(R"(Example: echo '{"op":"open","image":"truck.jpg"}
         {"op":"predict","points":[[500,375,1]]}' | maskwright-cli serve)");
    addLookOption(*command, options->wholeOnly);
    addModelOptions(*command, options->model);
    command->callback([options, &run] { run = [options] { return serve(*options); }; });
}

} // namespace cli

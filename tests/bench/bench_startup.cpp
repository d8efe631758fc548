// SPDX-License-Identifier: Apache-2.0
// bench_startup RUNS PROGRAM... [-- ARGUMENT...]: starts each program RUNS times, in turns, and
// tells how long it took until the screen changed for the first time and for the last, as a
// Markdown table. It looks at the screen, not into the program, so that any build can be measured,
// and needs an X display where nothing else moves:
//
//     xvfb-run -s "-screen 0 1280x800x24" bench_startup 10 old/maskwright new/maskwright --
//     --sample
//
// Settings and caches are those of a new user at every start.
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QImage>
#include <QPixmap>
#include <QProcess>
#include <QScreen>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace
{

struct Program {
    QString file;
    std::vector<double> first; ///< milliseconds
    std::vector<double> last;
};

QImage screen(const QRect &part)
{
    return QGuiApplication::primaryScreen()
        ->grabWindow(0, part.x(), part.y(), part.width(), part.height())
        .toImage();
}

double milliseconds(const QElapsedTimer &clock)
{
    return double(clock.nsecsElapsed()) / 1e6;
}

/// False: nothing showed within half a minute, or the program ended.
bool start(Program &program, const QStringList &arguments)
{
    constexpr double patience = 30000, quiet = 3000;
    const QRect whole(QPoint(), QGuiApplication::primaryScreen()->size());
    const QRect row(0, whole.height() / 2, whole.width(), 1); // quick to fetch
    const QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *folder : {"HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"})
        environment.insert(QLatin1String(folder), home.path());
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedChannels);

    const QImage emptyRow = screen(row);
    QElapsedTimer clock;
    clock.start();
    process.start(program.file, arguments);
    if (!process.waitForStarted())
        return false;
    while (screen(row) == emptyRow) {
        if (milliseconds(clock) > patience || process.state() != QProcess::Running)
            return false;
        QThread::usleep(500);
    }
    const double first = milliseconds(clock);
    double last = first;
    QImage shown = screen(whole);
    while (milliseconds(clock) < last + quiet) {
        QThread::msleep(10);
        const double now = milliseconds(clock);
        if (QImage next = screen(whole); next != shown) {
            shown = std::move(next);
            last = now;
        }
    }
    program.first.push_back(first);
    program.last.push_back(last);
    process.terminate();
    process.waitForFinished();
    while (screen(row) != emptyRow)
        QThread::msleep(10);
    return true;
}

void print(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    std::printf(" %s %.0f (%.0f to %.0f) |", what, times[times.size() / 2], times.front(),
                times.back());
}

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    QStringList arguments = QGuiApplication::arguments().mid(1);
    const int runs = arguments.isEmpty() ? 0 : arguments.takeFirst().toInt();
    const qsizetype dashes = arguments.indexOf(QStringLiteral("--"));
    const QStringList passed = dashes < 0 ? QStringList() : arguments.mid(dashes + 1);
    std::vector<Program> programs;
    for (const QString &file : arguments.mid(0, dashes))
        programs.push_back({file, {}, {}});
    if (runs <= 0 || programs.empty()) {
        std::fputs("usage: bench_startup RUNS PROGRAM... [-- ARGUMENT...]\n", stderr);
        return 2;
    }
    for (int run = 0; run < runs; ++run) {
        for (Program &program : programs) {
            if (!start(program, passed)) {
                std::fprintf(stderr, "%s showed nothing\n", qPrintable(program.file));
                return 1;
            }
        }
    }
    std::printf("| program | first showing, median ms | last change, median ms |\n|---|---|---|\n");
    for (const Program &program : programs) {
        std::printf("| %s |", qPrintable(program.file));
        print("", program.first);
        print("", program.last);
        std::printf("\n");
    }
    return 0;
}

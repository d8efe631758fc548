// SPDX-License-Identifier: Apache-2.0
#pragma once

#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <functional>

/// Starts copies of this program that can be killed. The libraries are loaded once: a copy costs a
/// fork. To be made at the start of main(), before anything has a thread.
class WorkerZygote
{
public:
    /// `work` gets the number that start() is called with, in the copy; its result is the exit
    /// code.
    explicit WorkerZygote(const std::function<int(std::uint32_t)> &work)
    {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
            std::abort();
        m_zygote = fork();
        if (m_zygote != 0) {
            close(ends[0]);
            m_socket = ends[1];
            return;
        }
        close(ends[1]);
        endWithParent();
        std::uint32_t number = 0;
        while (::read(ends[0], &number, sizeof number) == sizeof number) {
            pid_t worker = fork();
            if (worker == 0) {
                close(ends[0]);
                endWithParent();
                _exit(work(number));
            }
            int status = 0;
            (void)!::write(ends[0], &worker, sizeof worker);
            waitpid(worker, &status, 0);
            (void)!::write(ends[0], &status, sizeof status);
        }
        _exit(0);
    }
    ~WorkerZygote()
    {
        close(m_socket);
        waitpid(m_zygote, nullptr, 0);
    }
    WorkerZygote(const WorkerZygote &) = delete;
    WorkerZygote &operator=(const WorkerZygote &) = delete;

    /// One at a time.
    void start(std::uint32_t number)
    {
        (void)!::write(m_socket, &number, sizeof number);
        (void)!::read(m_socket, &m_worker, sizeof m_worker);
    }
    /// Kills it, waits for its end, and says whether it was alive until then.
    bool kill()
    {
        ::kill(m_worker, SIGKILL);
        int status = 0;
        (void)!::read(m_socket, &status, sizeof status);
        return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    }

private:
    /// A test that is broken off leaves nobody working.
    static void endWithParent()
    {
#ifdef __linux__
        prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    }

    pid_t m_zygote = -1;
    pid_t m_worker = -1;
    int m_socket = -1;
};

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>

/// Nanoseconds this thread has stood in the run queue: ready to run, but the machine gave its cores
/// to others. 0 where the kernel does not tell.
inline qint64 waitedForCore()
{
    QFile file(QStringLiteral("/proc/thread-self/schedstat"));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return 0;
    return file.read(100).split(' ').value(1).toLongLong();
}

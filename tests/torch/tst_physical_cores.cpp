// SPDX-License-Identifier: Apache-2.0
#include "core/cpu/physical_cores.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <fstream>

class TestPhysicalCores : public QObject
{
    Q_OBJECT

private:
    /// A system with these threads beside each of its processors.
    static void make(const QTemporaryDir &folder, const std::vector<std::string> &siblings)
    {
        for (std::size_t i = 0; i < siblings.size(); ++i) {
            const std::filesystem::path topology =
                std::filesystem::path(folder.path().toStdString()) / ("cpu" + std::to_string(i)) /
                "topology";
            std::filesystem::create_directories(topology);
            std::ofstream(topology / "thread_siblings_list") << siblings[i] << '\n';
        }
    }
    static int cores(const QTemporaryDir &folder, const std::vector<int> &processors)
    {
        return core::cpu::physicalCores(processors, folder.path().toStdString());
    }

private Q_SLOTS:
    void threadsOfACoreCountOnce()
    {
        const QTemporaryDir folder;
        make(folder, {"0,4", "1,5", "2", "3", "0,4", "1,5"});
        QCOMPARE(cores(folder, {0, 1, 2, 3, 4, 5}), 4);
        QCOMPARE(cores(folder, {0, 4}), 1);
        QCOMPARE(cores(folder, {2, 3}), 2);
    }

    void whatTheSystemDoesNotTellIsNone()
    {
        const QTemporaryDir folder;
        make(folder, {"0"});
        QCOMPARE(cores(folder, {0, 1}), 0);
        QCOMPARE(cores(folder, {}), 0);
    }

    void thisMachine()
    {
        const std::vector<int> own = core::cpu::ownProcessors();
        QVERIFY(!own.empty());
        QVERIFY(std::is_sorted(own.begin(), own.end()));
        QVERIFY(core::cpu::physicalCores() <= int(own.size()));
    }
};

QTEST_GUILESS_MAIN(TestPhysicalCores)
#include "tst_physical_cores.moc"

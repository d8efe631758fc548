// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/error.h"
#include "core/project/records.h"
#include "ui/editing/dataset_snapshot.h"
#include "ui/editing/known_proposals.h"
#include "ui/widgets/task_error.h"

#include <QFuture>
#include <QObject>

#include <filesystem>
#include <stop_token>

namespace ui
{

/// What came of reading a detector's file.
struct ImportedDetections {
    /// The worst score first, without ids (see addProposals).
    std::shared_ptr<std::vector<project::ProposalRecord>> proposals;
    std::size_t pictures = 0; ///< that they are in
    KnownProposals known;     ///< left out
    std::size_t bad = 0;      ///< as exporters::Detections
    std::size_t elsewhere = 0;
    QStringList problems; ///< a sentence for each bad entry, as far as they are told
    QStringList missing;  ///< pictures that are not in the project
};

/// One import at a time, in the background. GUI thread; answers come as signals.
class DetectionImport : public QObject
{
    Q_OBJECT

public:
    explicit DetectionImport(QObject *parent = nullptr);
    /// Stops what runs and waits for it.
    ~DetectionImport() override;

    /// Does nothing while one is running. `snapshot`: whose pictures the detections are of, and
    /// whose objects need no proposal; `waiting`: the proposals there are.
    void start(const std::filesystem::path &file, DatasetSnapshot snapshot,
               std::shared_ptr<const ProposalTable> waiting);
    void cancel();
    bool isRunning() const { return m_isRunning; }

Q_SIGNALS:
    void progressed(double share); ///< 0..1
    void finished(const ui::ImportedDetections &imported);
    void failed(core::ErrorKind kind, const QString &detail);
    void cancelled();

private:
    struct Outcome {
        ImportedDetections imported;
        TaskError error;
    };
    Outcome run(const std::filesystem::path &file, const DatasetSnapshot &snapshot,
                const ProposalTable &waiting, std::stop_token stop);
    void take(const Outcome &outcome);

    std::stop_source m_stop;
    QFuture<void> m_future;
    bool m_isRunning = false;
};

} // namespace ui

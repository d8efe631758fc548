// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editing/embedding_options.h"
#include "ui/editing/model_choice.h"
#include "ui/widgets/fitted_dialog.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace ui
{

class ByteSpinBox;
class ElidedLabel;

/// What the dialog shows and gives back.
struct PreferenceValues {
    CacheBudgets budgets;
    bool prefetch = true;
    ModelChoice model;
    bool operator==(const PreferenceValues &) const = default;
};

/// Changes nothing by itself: who opened it takes values() when it was accepted.
class PreferencesDialog : public FittedDialog
{
    Q_OBJECT

public:
    /// What there is to be chosen on this machine and in this build.
    struct Offers {
        bool models = true;                           ///< a checkpoint can be loaded
        bool gpu = false;                             ///< its memory has a budget
        bool disk = true;                             ///< embeddings can be kept on disk
        ProcessorBf16 bf16 = ProcessorBf16::NoMatter; ///< where the processor computes
    };
    PreferencesDialog(const PreferenceValues &values, const Offers &offers, QWidget *parent);

    PreferenceValues values() const;
    void setDiskSize(quint64 bytes);
    /// As if it had been chosen in the file dialog.
    void setModelFile(const QString &file);

Q_SIGNALS:
    void clearDiskAsked();

private:
    QWidget *modelPart(ProcessorBf16 bf16);
    void addPrecision(QFormLayout *layout, ProcessorBf16 bf16);
    QWidget *memoryPart(const Offers &offers);
    void chooseFile();

    PreferenceValues m_values; ///< as they were
    QString m_file;
    QRadioButton *m_defaultModel = nullptr;
    QRadioButton *m_fileModel = nullptr;
    ElidedLabel *m_fileName = nullptr;
    QSpinBox *m_threads = nullptr;
    QComboBox *m_precision = nullptr; ///< null: there is no choice
    QCheckBox *m_prefetch = nullptr;
    ByteSpinBox *m_device = nullptr;
    ByteSpinBox *m_memory = nullptr;
    ByteSpinBox *m_disk = nullptr;
    QLabel *m_diskSize = nullptr;
    QPushButton *m_clear = nullptr;
};

} // namespace ui
